# ruff: noqa: E501 - tables
"""Common names, from which `identity_pairs.py` makes people who do not exist."""

from __future__ import annotations

MEN = (
    "José Juan Luis Carlos Jesús Miguel Pedro Rafael Antonio Manuel Francisco Alejandro Daniel "
    "Gabriel Andrés Eduardo Fernando Ricardo Roberto Alberto Enrique Ramón Víctor Héctor Óscar "
    "Julio César Mario Jorge Javier Diego Sergio Raúl Ángel David Samuel Tomás Gustavo Guillermo "
    "Ernesto Leonardo Wilmer Yonathan Jhonny Franklin Nelson Freddy Alexis Gregorio Simón Iván "
    "Joaquín Domingo Henry Rubén Elías Adrián Felipe Ignacio Orlando"
).split()
WOMEN = (
    "María Ana Carmen Rosa Luisa Carolina Daniela Gabriela Andrea Patricia Alejandra Beatriz "
    "Elena Isabel Teresa Mercedes Josefina Margarita Yolanda Gloria Adriana Claudia Mónica "
    "Verónica Lourdes Milagros Yajaira Nelly Zulay Marisol Coromoto Fernanda Valentina Victoria "
    "Mariana Paola Karina Sofía Laura Diana Susana Raquel Silvia Norma Juana Francisca Ramona "
    "Xiomara Yulimar Betsabé Alicia Cecilia Inés Julia Marta Natalia Olga Rebeca Sandra"
).split()
SURNAMES = (
    "González Rodríguez Pérez Hernández García Martínez Sánchez López Díaz Rojas Ramírez Gómez "
    "Torres Morales Gutiérrez Mendoza Castillo Fernández Rivas Suárez Contreras Salazar Vargas "
    "Medina Méndez Romero Silva Blanco Colmenares Guerra Zambrano Escalona Peña Acosta Chacón "
    "Villegas Bravo Parra Quintero Urdaneta Briceño Camacho Carrillo Duarte Espinoza Figueroa "
    "Guevara Herrera Jaimes Lugo Marín Márquez Navarro Ochoa Padrón Querales Rangel Sequera Tovar "
    "Useche Velásquez Yánez Zapata Arteaga Barrios Cabrera Delgado Echeverría Franco Graterol "
    "Hurtado Ibarra Jiménez Labrador Moreno Núñez Oropeza Pacheco Quijada Reyes Sosa Toro Uzcátegui "
    "Vivas Zerpa Aponte Bolívar Cordero Dávila"
).split()
PARTICLED = ("De la Cruz", "Del Valle", "De León", "De los Santos", "De la Torre", "De Sousa")
SHORT = {
    "José": "Pepe", "Francisco": "Paco", "Jesús": "Chuy", "Ignacio": "Nacho", "Enrique": "Quique",
    "Guadalupe": "Lupe", "Mercedes": "Meche", "Alejandro": "Alex", "Manuel": "Manolo",
    "Isabel": "Chabela", "Rosario": "Charo", "Roberto": "Beto", "Eduardo": "Lalo", "Dolores": "Lola",
}  # fmt: skip
"""Given names and what their bearers are called."""
NICKNAMES = ("El Chino", "La Negra", "El Gato", "El Profe", "El Catire", "La Flaca", "El Zurdo")
LIKE_SURNAMES = (
    ("Marín", "Martín"), ("Mora", "Moya"), ("Gómez", "Gámez"), ("Rivas", "Rivero"),
    ("Paredes", "Pereda"), ("Torres", "Torrealba"), ("Peña", "Peñalver"), ("Duarte", "Duque"),
    ("Sosa", "Souza"), ("Lara", "Jara"), ("Ramos", "Rámirez"), ("Castro", "Castillo"),
    ("Vargas", "Varela"), ("Campos", "Camejo"), ("Salas", "Salazar"), ("Prieto", "Prato"),
    ("Blanco", "Blanca"), ("Guerra", "Guerrero"), ("Montes", "Montero"), ("Solano", "Solórzano"),
    ("Cano", "Caro"), ("Toro", "Tovar"), ("Rojas", "Rosas"), ("Leal", "León"), ("Parra", "Parada"),
)  # fmt: skip
"""Surnames of different families that differ by a letter or an ending."""
LIKE_GIVEN = (
    ("Mario", "María"), ("Daniel", "Daniela"), ("Luis", "Luisa"), ("Gabriel", "Gabriela"),
    ("Carlos", "Carla"), ("Juan", "Juana"), ("Andrés", "Andrea"), ("Julio", "Julia"),
    ("Víctor", "Victoria"), ("Fernando", "Fernanda"), ("Alejandro", "Alejandra"),
    ("Francisco", "Francisca"), ("Adrián", "Adriana"), ("Marcos", "Marcelo"), ("Elías", "Elia"),
    ("Jorge", "Jorgelina"), ("Raúl", "Raquel"), ("Samuel", "Saúl"), ("Ramón", "Román"),
    ("Marta", "Mirta"),
)  # fmt: skip
"""Given names of different people that differ by a letter or an ending."""
ACROSS = (
    ("Mohammed Al-Rashid", "Muhammad Alrashed"), ("Ahmad Khalil Mansour", "Ahmed Khaleel Mansur"),
    ("Youssef Haddad", "Yusuf Hadad"), ("Abdul Rahman Saleh", "Abdulrahman Salih"),
    ("Omar Bin Nasser", "Umar Ben Naser"), ("Fatima Zahra Idrissi", "Fatimah Zohra Idrisi"),
    ("Hussein Abu Karim", "Husain Abukarim"), ("Khaled El Masri", "Khalid Al-Masry"),
    ("محمد الراشد", "Mohammed Al-Rashid"), ("أحمد خليل منصور", "Ahmad Khalil Mansour"),
    ("يوسف حداد", "Youssef Haddad"), ("فاطمة إدريسي", "Fatima Idrissi"),
    ("Сергей Петрович Орлов", "Sergey Petrovich Orlov"), ("Сергей Орлов", "Serguei Orlov"),
    ("Наталья Ковалёва", "Natalia Kovaleva"), ("Юрий Михайлов", "Yuri Mikhailov"),
    ("Дмитрий Алексеевич Зайцев", "Dmitri Alekseyevich Zaytsev"), ("Ольга Жукова", "Olga Zhukova"),
    ("Олександр Шевчук", "Oleksandr Shevchuk"), ("Анна Цветкова", "Anna Tsvetkova"),
    ("Aleksey Fyodorov", "Alexei Fedorov"), ("Yevgeny Solovyov", "Evgeni Soloviev"),
    ("Tatyana Chernova", "Tatiana Tchernova"), ("Vladimir Ilyich Sokolov", "Wladimir Iljitsch Sokolow"),
    ("Wang Xiaoming", "Xiao-Ming Wang"), ("Li Jianguo", "Jian Guo LI"), ("王小明", "Wang Xiaoming"),
    ("Kim Min-jun", "Kim Minjun"), ("Park Ji-hoon", "Jihoon Park"), ("Nguyễn Văn An", "Nguyen Van An"),
    ("Trần Thị Mai", "Mai Tran Thi"), ("Chen Shih-Wei", "Chen Shiwei"), ("Yamada Tarō", "Taro Yamada"),
    ("Satō Haruka", "Haruka Sato"), ("Zhang Li Hua", "Lihua Zhang"), ("Lee Soo-yeon", "Lee Sooyeon"),
    ("Zhou Guoqiang", "CHOU Kuo-chiang"), ("Αννα Παπαδοπούλου", "Anna Papadopoulou"),
    ("Giorgi Beridze", "გიორგი ბერიძე"), ("Levon Petrosyan", "Լևոն Պետրոսյան"),
)  # fmt: skip
"""One name in two scripts or two spellings."""
NOT_ACROSS = (
    ("Mohammed Al-Rashid", "Mahmoud Al-Rashid"), ("Ahmad Khalil Mansour", "Ahmad Jalil Mansour"),
    ("Youssef Haddad", "Yasser Haddad"), ("Abdul Rahman Saleh", "Abdul Rahim Saleh"),
    ("Khaled El Masri", "Khaled El Amri"), ("محمد الراشد", "محمود الراشد"),
    ("Сергей Петрович Орлов", "Сергей Павлович Орлов"), ("Ivan Petrov", "Ivan Petrovsky"),
    ("Наталья Ковалёва", "Наталья Коваленко"), ("Anna Orlova", "Alla Orlova"),
    ("Dmitri Zaytsev", "Dmitri Zinoviev"), ("Viktor Sokolov", "Viktor Sobolev"),
    ("Wang Xiaoming", "Wang Xiaohong"), ("Li Jianguo", "Li Jianhua"), ("王小明", "王小红"),
    ("Kim Min-jun", "Kim Min-seo"), ("Park Ji-hoon", "Park Ji-hyun"), ("Nguyen Van An", "Nguyen Van Anh"),
    ("Chen Shiwei", "Cheng Shiwen"), ("Taro Yamada", "Taro Yamamoto"), ("Lee Soo-yeon", "Lee Seo-yeon"),
    ("Zhang Lihua", "Zhang Lina"), ("Giorgi Beridze", "Giorgi Berdzenishvili"),
    ("Levon Petrosyan", "Levon Poghosyan"),
)  # fmt: skip
"""Names of different people in the same languages."""
